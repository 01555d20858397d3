import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { pageRemedies } from "#feed/contract/shell.ts";
import { Charts } from "#renderer/charts/Charts.tsx";
import { translator } from "#renderer/i18n/translate.ts";
import { Chrome } from "#renderer/panels/Chrome.tsx";
import { OpenRecording } from "#renderer/recordings/OpenRecording.tsx";
import { Scene } from "#renderer/scene/Scene.tsx";
import { SamplerProvider } from "#renderer/stores/points.ts";
import type { Campus } from "#renderer/stores/session.ts";
import { flyTo } from "#renderer/stores/view.ts";
import { Timeline } from "#renderer/timeline/Timeline.tsx";
import { type PanelServices, ServicesProvider } from "#renderer/ui/services.tsx";
import { Wall } from "#renderer/wall/Wall.tsx";
import { Awaiting } from "./Awaiting.tsx";
import { Boundary } from "./Boundary.tsx";
import { useWindowKeys } from "./keys.ts";
import { Opening } from "./Opening.tsx";
import { Paused } from "./Paused.tsx";
import type { Runtime } from "./runtime.ts";
import { whyNoPicture } from "./webgl.ts";

/** The window: opening words, then the campus. Desk, wall and demo are configurations of the same parts. */
export const App = ({ runtime }: { runtime: Runtime }) => {
  const session = useStore(runtime.session.store);
  const language = useStore(runtime.view, (view) => view.language);
  useWindowKeys(runtime);
  return (
    <Boundary fallback={(error) => <Broken error={error} language={language} />}>
      {session.phase === "ready" ? (
        <CampusView key={session.campus.twin.epoch} runtime={runtime} campus={session.campus} />
      ) : (
        <Opening session={session} language={language} />
      )}
    </Boundary>
  );
};

const CampusView = ({ runtime, campus }: { runtime: Runtime; campus: Campus }) => {
  const mode = useStore(runtime.view, (view) => view.mode);
  const language = useStore(runtime.view, (view) => view.language);
  const panels = useStore(runtime.view, (view) => view.panels);
  // The desktop has no server to send a recording to: there it is started with --log.
  const tools = runtime.bridge.capabilities.shell === "web" && <OpenRecording />;
  const services = useMemo(() => servicesOf(runtime, campus), [runtime, campus]);
  return (
    <SamplerProvider sampler={campus.sampler}>
      <ServicesProvider services={services}>
        <div className="app" data-mode={mode} data-panels={panels}>
          <section className="picture" aria-label={translator(language)("picture.label")}>
            {isBare(campus) ? <Awaiting /> : <Picture runtime={runtime} campus={campus} />}
          </section>
          {mode === "wall" ? <Wall /> : <Chrome tools={tools} trends={<Charts />} foot={<Timeline />} />}
          <Paused campus={campus} />
        </div>
      </ServicesProvider>
    </SamplerProvider>
  );
};

/** An announced campus without a single asset yet: only a site and its monitoring, which every twin has. */
const isBare = ({ description, twin }: Campus): boolean =>
  description.announced && twin.table("zone").count === 0;

const servicesOf = (
  { bridge, view, feed, clock, guide, timeline, trends, scene }: Runtime,
  campus: Campus,
): PanelServices => ({
  twin: campus.twin,
  campus: campus.state,
  bridge,
  view,
  feed,
  guide,
  player: campus.player,
  timeline,
  trends,
  session: campus.description,
  search: campus.search,
  readMs: clock.readMs,
  feedMs: clock.feedMs,
  gauge: () => scene.current?.gauge() ?? null,
  viewpoint: () => scene.current?.viewpoint() ?? null,
  look: (from) => scene.current?.look(from),
  picture: () => scene.current?.picture() ?? Promise.reject(new Error("the scene does not stand")),
  ...(campus.description.mode === "demo" && {
    resetDemo: () => {
      const { language, mode } = campus.description;
      view.setState({ ...view.getInitialState(), language, mode, flight: view.getState().flight });
      flyTo(view, "home");
    },
  }),
});

/** The 3D scene, or why there is none; the shell may ask to rebuild it or to do without. */
const Picture = ({ runtime, campus }: { runtime: Runtime; campus: Campus }) => {
  const { scene, view } = runtime;
  const language = useStore(view, (state) => state.language);
  const [build, setBuild] = useState(0);
  const [reason, setReason] = useState(whyNoPicture);
  useEffect(() => {
    if (reason === null) return;
    scene.fails(reason);
    window.horinger?.contextLost();
  }, [reason, scene]);
  useEffect(
    () =>
      window.horinger?.onRemedy((remedy) => {
        const [, rebuild, fallback] = pageRemedies;
        if (remedy === rebuild) setBuild((count) => count + 1);
        else if (remedy === fallback) setReason("the graphics device failed again and again");
        else scene.current?.invalidate();
      }),
    [scene],
  );
  if (reason !== null) return <NoPicture reason={reason} language={language} />;
  return (
    <Boundary
      key={build}
      fallback={(error) => <NoPicture reason={error.message} language={language} />}
      onError={(error) => setReason(error.message)}
    >
      <Scene twin={campus.twin} state={campus.state} view={view} onReady={scene.stands} />
    </Boundary>
  );
};

const NoPicture = ({ reason, language }: { reason: string; language: "zh" | "en" }) => {
  const t = translator(language);
  return (
    <div className="no-picture" role="alert">
      <h2>{t("picture.none")}</h2>
      <p>{t("picture.goesOn")}</p>
      <p>{t("picture.do")}</p>
      <p className="no-picture-reason">{t("picture.reason", { detail: reason })}</p>
    </div>
  );
};

const Broken = ({ error, language }: { error: Error; language: "zh" | "en" }) => {
  const t = translator(language);
  return (
    <main className="opening" data-failed="true" role="alert">
      <h1>{t("broken.title")}</h1>
      <p>{t("broken.what")}</p>
      <p className="opening-detail">{error.message}</p>
      <button type="button" onClick={() => location.reload()}>
        {t("broken.reload")}
      </button>
    </main>
  );
};
