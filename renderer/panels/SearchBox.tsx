import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from "react";
import { flyTo } from "#renderer/stores/view.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useLocal, useT } from "#renderer/ui/text.ts";
import { classSpec } from "#twins/model/catalogue.ts";
import type { Found } from "#twins/model/search.ts";

const shownResults = 12;

/** Finds assets by id, name, alias and pinyin initials; Enter flies there. */
export const SearchBox = () => {
  const t = useT();
  const { search, view } = useServices();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const found = useMemo(() => (wanted ? search(wanted, shownResults) : []), [search, wanted]);
  const isShown = isOpen && wanted !== "";

  const choose = (chosen: Found | undefined): void => {
    if (!chosen) return;
    flyTo(view, chosen.ref);
    setIsOpen(false);
    input.current?.blur();
  };

  /** The list may be one keystroke behind the text; Enter must not be. */
  const foundNow = (): readonly Found[] => {
    const typed = text.trim();
    if (typed === "") return [];
    return typed === wanted ? found : search(typed, shownResults);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of an input method choose its candidates, not ours.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown") setActive((at) => Math.min(found.length - 1, at + 1));
    else if (event.key === "ArrowUp") setActive((at) => Math.max(0, at - 1));
    else if (event.key === "Enter") choose(foundNow()[active]);
    else if (event.key === "Escape") setIsOpen(false);
    else return;
    event.preventDefault();
  };

  return (
    <div className="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        role="combobox"
        autoComplete="off"
        aria-label={t("search.label")}
        aria-expanded={isShown}
        aria-controls={listId}
        aria-activedescendant={isShown && found[active] ? `${listId}-${active}` : undefined}
        placeholder={t("search.placeholder")}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setIsOpen(true);
        }}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
      />
      {isShown && <Results id={listId} found={found} active={active} text={wanted} onChoose={choose} />}
    </div>
  );
};

interface ResultsProps {
  readonly id: string;
  readonly found: readonly Found[];
  readonly active: number;
  readonly text: string;
  readonly onChoose: (found: Found) => void;
}

const Results = ({ id, found, active, text, onChoose }: ResultsProps) => {
  const t = useT();
  const local = useLocal();
  const language = useLanguage();
  if (found.length === 0) {
    return (
      <div className="glass results" id={id} role="status">
        <p>{t("search.none", { text })}</p>
        <p className="dim">{t("search.noneTip")}</p>
      </div>
    );
  }
  return (
    <div className="glass results">
      <div id={id} role="listbox" aria-label={t("search.results")}>
        {found.map((each, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the input holds the focus and names this option
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input
          <div
            key={each.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className="result"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(each)}
          >
            <span>{local(each.name)}</span>
            <span className="dim">{classSpec(each.ref.className).label[language]}</span>
            <code>{each.id}</code>
          </div>
        ))}
      </div>
      <p className="dim hint">{t("search.hint")}</p>
    </div>
  );
};
