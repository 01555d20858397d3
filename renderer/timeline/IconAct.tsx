import { Icon, type IconName } from "#renderer/ui/Icon.tsx";

/** A button of the timeline that is an icon: its tip is its name too. */
export const IconAct = (props: {
  icon: IconName;
  tip: string;
  onClick: (event: React.MouseEvent) => void;
  isPressed?: boolean;
  isExpanded?: boolean;
  isDisabled?: boolean;
}) => (
  <button
    type="button"
    className="icon-button timeline-act"
    title={props.tip}
    aria-label={props.tip}
    aria-pressed={props.isPressed}
    aria-expanded={props.isExpanded}
    disabled={props.isDisabled}
    onClick={props.onClick}
  >
    <Icon name={props.icon} />
  </button>
);
