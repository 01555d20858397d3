/**
 * Everything the page looks like. Noto Sans SC comes cut by unicode-range: only the pieces that a text needs are
 * read, and always from this bundle, never from the network.
 */
import "@fontsource/noto-sans-sc/400.css";
import "@fontsource/noto-sans-sc/600.css";
import "uplot/dist/uPlot.min.css";
import "./tokens.css";
import "./base.css";
import "./frame.css";
import "./tree.css";
import "./stage.css";
import "./legend.css";
import "./zoom.css";
import "./drill.css";
import "./inspector.css";
import "./drawer.css";
import "./facts.css";
import "./facts-figures.css";
import "./timeline.css";
import "./timeline-popovers.css";
import "./timeline-lanes.css";
import "./timeline-small.css";
import "./recordings.css";
import "./small.css";
import "./charts.css";
import "./energy.css";
import "./wall.css";
import "./region.css";
import "./dispatch.css";
import "./picture.css";
