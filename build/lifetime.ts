/** What was started and must be gone when this process ends. */
export class Lifetime {
  readonly #owned: { readonly what: string; readonly close: () => Promise<void> }[] = [];
  #stopping: Promise<void> | null = null;

  /** Closing takes this long at most; then the process ends anyway, and its children with it. */
  static readonly limitMs = 5000;

  /** From now on Ctrl-C, SIGTERM and a closed terminal end everything in order; a second signal ends it at once. */
  listen(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (this.#stopping) process.exit(1);
        void this.stop(0);
      });
    }
  }

  get isStopping(): boolean {
    return this.#stopping !== null;
  }

  /** Things close in the reverse order of their beginning. What begins during the stop is closed at once. */
  own(what: string, close: () => Promise<void>): void {
    if (this.#stopping) void close();
    else this.#owned.push({ what, close });
  }

  stop(exitCode: number): Promise<void> {
    this.#stopping ??= this.#stop(exitCode);
    return this.#stopping;
  }

  async #stop(exitCode: number): Promise<void> {
    const late = setTimeout(() => {
      process.stderr.write(`did not stop within ${Lifetime.limitMs / 1000} s; leaving\n`);
      process.exit(1);
    }, Lifetime.limitMs);
    for (const { what, close } of this.#owned.reverse()) {
      await close().catch((error: unknown) =>
        process.stderr.write(`while stopping ${what}: ${String(error)}\n`),
      );
    }
    clearTimeout(late);
    process.exit(exitCode);
  }
}
