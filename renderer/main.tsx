import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { startRuntime } from "./runtime.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(<App runtime={startRuntime()} />);
