import { spawn } from "node:child_process";

const openers: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ["open"],
  // `start` needs a shell, which would take the & of an address for its own.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens the address in the user's browser, where there is one. Never fails: the address is printed as well. */
export const openBrowser = (url: string): void => {
  const [command, ...args] = openers[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { detached: true, stdio: "ignore" });
  child.on("error", () => {});
  child.unref();
};
