/**
 * What the desktop's preload gives the page as `window.horinger`; in a browser there is no such thing.
 * Only strings, numbers and functions cross: Electron's context bridge copies everything else.
 */
export interface DesktopShell {
  /**
   * Asks for a port to the feed. It comes as a `message` event of the window whose `source` is the window itself,
   * whose `data` equals `nonce`, and which carries one port: ports cannot cross the context bridge, and the nonce
   * keeps another script from handing the page a port of its own.
   */
  connectFeed(nonce: string): void;
  /** About once a second, for as long as the page lives. */
  heartbeat(beat: Heartbeat): void;
  /** The page lost its WebGL context, or could not get one. */
  contextLost(): void;
  /** What the shell asks the page to do against a lost picture. Returns its end. */
  onRemedy(listener: (remedy: PageRemedy) => void): () => void;
}

/** A sign of life that a hung or frozen page cannot give. */
export interface Heartbeat {
  /** Frames drawn since the page was loaded. */
  readonly frames: number;
  /** When the page last took data in, ms UTC; 0 before the first. */
  readonly lastDataMs: number;
  /** The page is not visible and therefore draws nothing. */
  readonly hidden: boolean;
}

/** Rungs of the crash ladder that the page itself carries out. */
export const pageRemedies = ["restore-context", "rebuild-scene", "fallback-2d"] as const;
export type PageRemedy = (typeof pageRemedies)[number];
