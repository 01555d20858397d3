import type { Steps } from "./walker.ts";

/** Keys by their place on the keyboard, so that they serve every layout. */
const ways: Readonly<Record<string, readonly [ahead: number, right: number]>> = {
  KeyW: [1, 0],
  ArrowUp: [1, 0],
  KeyS: [-1, 0],
  ArrowDown: [-1, 0],
  KeyA: [0, -1],
  ArrowLeft: [0, -1],
  KeyD: [0, 1],
  ArrowRight: [0, 1],
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

interface WalkHandsParts {
  readonly canvas: HTMLCanvasElement;
  /** Turned by a drag, radians. */
  readonly onTurn: (right: number, up: number) => void;
  /** A key went down or up: the walk goes on or stops. */
  readonly onStep: () => void;
  readonly onLeave: () => void;
}

/** Hands of a walk: W A S D or arrows, Shift to hurry, a drag to look around, Esc to leave. Before every other key. */
export class WalkHands {
  readonly steps: Steps = { ahead: 0, right: 0, isHurried: false };
  readonly #held = new Set<string>();
  readonly #cleanups: (() => void)[] = [];

  constructor({ canvas, onTurn, onStep, onLeave }: WalkHandsParts) {
    const down = (event: KeyboardEvent): void => {
      if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Escape") onLeave();
      else if (ways[event.code]) this.#held.add(event.code);
      else if (event.key !== "Shift") return;
      this.#sum(event.shiftKey);
      onStep();
      event.preventDefault();
      event.stopPropagation();
    };
    const up = (event: KeyboardEvent): void => {
      this.#held.delete(event.code);
      this.#sum(event.shiftKey);
      onStep();
    };
    const drop = (): void => {
      this.#held.clear();
      this.#sum(false);
    };
    const drag = (event: PointerEvent): void => {
      if ((event.buttons & 1) === 0) return;
      const perPixel = 2.2 / Math.max(1, canvas.clientHeight);
      onTurn(-event.movementX * perPixel, event.movementY * perPixel);
    };
    window.addEventListener("keydown", down, { capture: true });
    window.addEventListener("keyup", up, { capture: true });
    window.addEventListener("blur", drop);
    canvas.addEventListener("pointermove", drag);
    this.#cleanups.push(
      () => window.removeEventListener("keydown", down, { capture: true }),
      () => window.removeEventListener("keyup", up, { capture: true }),
      () => window.removeEventListener("blur", drop),
      () => canvas.removeEventListener("pointermove", drag),
    );
  }

  dispose(): void {
    for (const cleanup of this.#cleanups) cleanup();
  }

  #sum(isHurried: boolean): void {
    const { steps } = this;
    steps.ahead = 0;
    steps.right = 0;
    for (const code of this.#held) {
      steps.ahead += ways[code]![0];
      steps.right += ways[code]![1];
    }
    steps.ahead = Math.sign(steps.ahead);
    steps.right = Math.sign(steps.right);
    steps.isHurried = isHurried;
  }
}
