import { createRoot } from "react-dom/client";
import "./styles/all.ts";
import { App } from "./App.tsx";
import { startRuntime } from "./runtime.ts";
import "./styles/window.css";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(<App runtime={startRuntime()} />);
