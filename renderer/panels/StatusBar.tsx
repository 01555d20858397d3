import type { ReactNode } from "react";
import type { BrokerStatus, FeedStatus, PublisherStatus } from "#feed/contract/status.ts";
import { sourceErrorText } from "#renderer/i18n/source-errors.ts";
import { brokerName } from "#renderer/ui/broker.ts";
import { useFeedSecond } from "#renderer/ui/clock.ts";
import { formatCount, formatNumber, formatShare, noNumber } from "#renderer/ui/format.ts";
import { Icon, type IconName } from "#renderer/ui/Icon.tsx";
import { SkewText } from "#renderer/ui/SkewText.tsx";
import { useFeed, useServices } from "#renderer/ui/services.tsx";
import { useLanguage, useT } from "#renderer/ui/text.ts";
import { formatAge } from "#renderer/ui/time.ts";
import type { DrawerTab } from "./Drawer.tsx";
import { PictureItem } from "./PictureItem.tsx";

type LinkState = FeedStatus["source"]["state"];

const stateIcons: Readonly<Record<LinkState, IconName>> = {
  connecting: "waiting",
  live: "live",
  late: "waiting",
  lost: "lost",
  stopped: "lost",
};

/** The publisher whose clock is furthest from ours. */
const worstSkew = (publishers: readonly PublisherStatus[]): PublisherStatus | undefined =>
  publishers
    .filter(({ skewMs }) => skewMs !== null)
    .reduce<PublisherStatus | undefined>(
      (worst, each) => (!worst || Math.abs(each.skewMs ?? 0) > Math.abs(worst.skewMs ?? 0) ? each : worst),
      undefined,
    );

/** The feed in one line: whether it can be trusted right now, and where to look when not. */
export const StatusBar = ({ onOpen }: { onOpen: (tab: DrawerTab) => void }) => {
  const t = useT();
  const status = useFeed((feed) => feed.status);
  const isLost = useFeed((feed) => feed.bridge === "lost");
  return (
    <section className="glass status-bar" aria-label={t("status.label")}>
      {status ? (
        <FeedFigures status={status} isLost={isLost} onOpen={onOpen} />
      ) : (
        <span className="status-item">
          <Icon name="waiting" />
          {t("status.waiting")}
        </span>
      )}
    </section>
  );
};

const FeedFigures = (props: { status: FeedStatus; isLost: boolean; onOpen: (tab: DrawerTab) => void }) => {
  const { status, isLost, onOpen } = props;
  const t = useT();
  const language = useLanguage();
  const { twin } = useServices();
  const { source, rates, points, drops, faults } = status;
  if (source.kind === "log") return <LogFigures status={status} onOpen={onOpen} />;
  const perSecond = (n: number): string => t("status.perSecond", { n: formatCount(n, language) });
  return (
    <>
      {status.brokers.length > 1 ? (
        <BrokersItem status={status} isLost={isLost} onOpen={() => onOpen("publishers")} />
      ) : (
        <SourceItem source={source} isLost={isLost} />
      )}
      <Item label={t("status.messages")}>{isLost ? noNumber : perSecond(rates.messagesPerSec)}</Item>
      <Item label={t("status.points")}>{isLost ? noNumber : perSecond(rates.pointsPerSec)}</Item>
      <Item label={t("status.coverage")} title={`${formatCount(points.known, language)}`}>
        {status.coverage === null || isLost ? noNumber : formatShare(status.coverage)}
      </Item>
      <Item label={t("status.drops")}>{formatCount(drops.total, language)}</Item>
      <SkewItem publishers={status.publishers} onOpen={() => onOpen("publishers")} />
      <LastSample timeMs={status.lastSampleMs} />
      <span className="status-space" />
      <button type="button" className="status-button" onClick={() => onOpen("quality")}>
        {t("status.faults")}
        <b>{formatCount(faults.total, language)}</b>
      </button>
      {status.metadata.unmapped > 0 && (
        <button type="button" className="status-button" onClick={() => onOpen("unmapped")}>
          {t("status.unmapped")}
          <b>{formatCount(status.metadata.unmapped, language)}</b>
        </button>
      )}
      {twin.reconciliation.lines.length > 0 && (
        <button type="button" className="status-button" onClick={() => onOpen("reconciliation")}>
          {t("drawer.reconciliation")}
        </button>
      )}
      <PictureItem />
      <ProblemsItem onOpen={() => onOpen("problems")} />
      {status.recording && (
        <span className="status-item">
          {t(status.recording.stopped ? "status.recordingStopped" : "status.recording")}
        </span>
      )}
    </>
  );
};

/** Of a recording: which one, and how much of what it has is worth something at this moment. Nothing comes in, so nothing is said of that. */
const LogFigures = ({ status, onOpen }: { status: FeedStatus; onOpen: (tab: DrawerTab) => void }) => {
  const t = useT();
  const language = useLanguage();
  const { source, points, coverage } = status;
  return (
    <>
      <span className="status-item status-source" data-state="replay">
        <Icon name="waiting" />
        <b>{t("source.kind.log")}</b>
        <span className="status-address" title={source.address}>
          {source.address}
        </span>
      </span>
      <Item label={t("status.recordedPoints")}>{formatCount(points.known, language)}</Item>
      <Item label={t("status.stalePoints")}>{formatCount(points.stale, language)}</Item>
      <Item label={t("status.badPoints")}>{formatCount(points.bad, language)}</Item>
      <Item label={t("status.coverage")}>{coverage === null ? noNumber : formatShare(coverage)}</Item>
      <span className="status-space" />
      <PictureItem />
      <ProblemsItem onOpen={() => onOpen("problems")} />
    </>
  );
};

/** What is wrong in the twin's files; silent when nothing is. */
const ProblemsItem = ({ onOpen }: { onOpen: () => void }) => {
  const t = useT();
  const { problems } = useServices().twin;
  if (problems.length === 0) return null;
  return (
    <button type="button" className="status-button" onClick={onOpen}>
      {t("drawer.problems")}
      <b>{formatNumber(problems.length)}</b>
    </button>
  );
};

const SourceItem = ({ source, isLost }: { source: FeedStatus["source"]; isLost: boolean }) => {
  const t = useT();
  const state: LinkState = isLost ? "lost" : source.state;
  const wire = [source.protocol && t("source.protocol", { version: source.protocol }), ...source.wires];
  return (
    <span className="status-item status-source" data-state={state}>
      <Icon name={stateIcons[state]} />
      <b>{t(`source.${state}`)}</b>
      <span>{t(`source.kind.${source.kind}`)}</span>
      <span className="status-address" title={source.address}>
        {source.address}
      </span>
      <span className="dim">{wire.filter(Boolean).join(" · ")}</span>
    </span>
  );
};

/** Several brokers: the worst state leads; each has its sign, and its name while there is room. */
const BrokersItem = (props: { status: FeedStatus; isLost: boolean; onOpen: () => void }) => {
  const { status, isLost, onOpen } = props;
  const t = useT();
  const { source, brokers } = status;
  const state: LinkState = isLost ? "lost" : source.state;
  const live = isLost ? 0 : brokers.filter((broker) => broker.state === "live").length;
  return (
    <button type="button" className="status-button status-source" data-state={state} onClick={onOpen}>
      <Icon name={stateIcons[state]} />
      <b>{t(`source.${state}`)}</b>
      <span>{t("source.brokersLive", { live, total: brokers.length })}</span>
      {brokers.map((broker) => (
        <BrokerSign key={broker.address} broker={broker} state={isLost ? "lost" : broker.state} />
      ))}
    </button>
  );
};

const BrokerSign = ({ broker, state }: { broker: BrokerStatus; state: LinkState }) => {
  const t = useT();
  const language = useLanguage();
  const { address, wires, error } = broker;
  const said = [address, t(`source.${state}`), ...wires, error && sourceErrorText(language, error.code).what];
  return (
    <span className="status-broker" title={said.filter(Boolean).join(" · ")}>
      <Icon name={stateIcons[state]} />
      <span className="status-broker-name">{brokerName(address)}</span>
      {wires.length > 0 && <span className="dim status-broker-name">{wires.join("+")}</span>}
    </span>
  );
};

const SkewItem = (props: { publishers: readonly PublisherStatus[]; onOpen: () => void }) => {
  const t = useT();
  const worst = worstSkew(props.publishers);
  if (!worst || worst.skewMs === null) return <Item label={t("status.skew")}>{noNumber}</Item>;
  return (
    <button
      type="button"
      className="status-button"
      title={t("status.skewOf", { publisher: worst.id })}
      onClick={props.onOpen}
    >
      {t("status.skew")}
      <b>
        <SkewText publisher={worst} />
      </b>
    </button>
  );
};

const LastSample = ({ timeMs }: { timeMs: number | null }) => {
  const t = useT();
  const nowMs = useFeedSecond();
  return (
    <Item label={t("status.lastSample")}>
      {timeMs === null ? noNumber : formatAge(t, Math.max(0, nowMs - timeMs))}
    </Item>
  );
};

const Item = (props: { label: string; title?: string; children: ReactNode }) => (
  <span className="status-item" title={props.title}>
    <span className="dim">{props.label}</span>
    <b>{props.children}</b>
  </span>
);
