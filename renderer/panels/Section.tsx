import type { ReactNode } from "react";

/** A titled part of a panel. */
export const Section = (props: { title: string; mark?: ReactNode; children: ReactNode }) => (
  <section className="section">
    <h3>
      {props.title} {props.mark}
    </h3>
    {props.children}
  </section>
);

/** A list of names and values. */
export const Pairs = ({ children }: { children: ReactNode }) => <dl className="pairs">{children}</dl>;

export const Pair = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
