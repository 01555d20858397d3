import { useEffect, useRef } from "react";
import { closeLibrary, openLibrary } from "#renderer/stores/library.ts";
import { type LibraryPage, libraryPages } from "#renderer/stores/view.ts";
import { useFocusReturn } from "#renderer/ui/focus.ts";
import { Icon } from "#renderer/ui/Icon.tsx";
import { sameAsset, useServices, useView } from "#renderer/ui/services.tsx";
import { useT } from "#renderer/ui/text.ts";
import { FactList } from "./FactList.tsx";
import { Figures } from "./Figures.tsx";

/** The library of published facts, where the inspector is otherwise; the scene stays in sight. */
export const Library = () => {
  const t = useT();
  const { view } = useServices();
  const place = useView(({ library }) => library);
  useGiveWay();
  if (!place) return null;
  return (
    <section
      className="glass library"
      aria-label={t("library.title")}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        closeLibrary(view);
      }}
    >
      <LibraryHead page={place.page} />
      <div
        className="library-page"
        id="library-page"
        role="tabpanel"
        aria-labelledby={`library-${place.page}`}
      >
        {place.page === "facts" ? <FactList /> : <Figures />}
      </div>
      <BringIntoSight at={place.at} page={place.page} />
    </section>
  );
};

/** Whoever selects an asset by hand wants the inspector, which stands in the same place. */
const useGiveWay = (): void => {
  const { view } = useServices();
  useEffect(
    () =>
      view.subscribe((now, before) => {
        if (now.selected === before.selected || !now.library || !now.selected) return;
        if (!sameAsset(now.selected, now.library.led)) closeLibrary(view);
      }),
    [view],
  );
};

const LibraryHead = ({ page }: { page: LibraryPage }) => {
  const t = useT();
  const { view } = useServices();
  useFocusReturn();
  const step = (): void => {
    const other = page === "facts" ? "figures" : "facts";
    openLibrary(view, other);
    document.getElementById(`library-${other}`)?.focus();
  };
  return (
    <header className="panel-head library-head">
      <h2 className="panel-title">{t("library.title")}</h2>
      <div className="tabs" role="tablist" aria-label={t("library.pages")}>
        {libraryPages.map((each) => (
          <button
            key={each}
            id={`library-${each}`}
            type="button"
            role="tab"
            aria-selected={each === page}
            aria-controls="library-page"
            tabIndex={each === page ? 0 : -1}
            onClick={() => openLibrary(view, each)}
            onKeyDown={(event) => {
              if (event.key === "ArrowRight" || event.key === "ArrowLeft") step();
            }}
          >
            {t(`library.page.${each}`)}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t("library.close")}
        title={t("library.close")}
        onClick={() => closeLibrary(view)}
      >
        <Icon name="close" />
      </button>
    </header>
  );
};

/** Scrolls to the entry that is asked for, once its page stands. */
const BringIntoSight = ({ at, page }: { at: string | null; page: LibraryPage }) => {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const wanted = at && `${page}:${at}`;
    if (wanted === last.current) return;
    last.current = wanted;
    const entry =
      at && document.querySelector(`.library [data-${page === "facts" ? "fact" : "figure"}="${at}"]`);
    if (entry instanceof HTMLElement) entry.scrollIntoView({ block: "nearest" });
  }, [at, page]);
  return null;
};
