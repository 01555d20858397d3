import { Component, type ReactNode } from "react";

interface Props {
  readonly children: ReactNode;
  /** What stands in for the broken part. */
  readonly fallback: (error: Error) => ReactNode;
  readonly onError?: (error: Error) => void;
}

/** Catches a bug below it, so that one broken part never blanks the window: the rest goes on. */
export class Boundary extends Component<Props, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error): void {
    this.props.onError?.(error);
  }

  override render(): ReactNode {
    return this.state.error ? this.props.fallback(this.state.error) : this.props.children;
  }
}
