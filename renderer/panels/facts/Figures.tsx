/** What the twin itself has beside published figures. */
export const Figures = () => null;
