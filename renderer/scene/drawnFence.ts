/** How often the device is asked whether it is done, ms. */
const askMs = 8;

/** Tells when the device has drawn what it was given; drawing is only queued when the draw calls return. */
export class DrawnFence {
  readonly #context: WebGL2RenderingContext;
  readonly #drawn: () => void;
  #fence: WebGLSync | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param drawn called once per `put`, unless another one came before. */
  constructor(context: WebGL2RenderingContext, drawn: () => void) {
    this.#context = context;
    this.#drawn = drawn;
  }

  /** Waits for everything given to the device so far. */
  put(): void {
    const context = this.#context;
    this.drop();
    this.#fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
    context.flush();
    this.#timer = setTimeout(this.#ask, askMs);
  }

  readonly #ask = (): void => {
    const context = this.#context;
    // A lost context gives no fence, or one that fails: then there is nothing to wait for.
    const isPending =
      this.#fence !== null && context.clientWaitSync(this.#fence, 0, 0) === context.TIMEOUT_EXPIRED;
    if (isPending) {
      this.#timer = setTimeout(this.#ask, askMs);
      return;
    }
    this.drop();
    this.#drawn();
  };

  /** Waits no longer; nobody is told. */
  drop(): void {
    clearTimeout(this.#timer);
    if (this.#fence) this.#context.deleteSync(this.#fence);
    this.#fence = null;
  }
}
