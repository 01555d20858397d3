import { readFileSync } from "node:fs";
import { err, ok, type Result } from "#twins/model/result.ts";
import { type EpwYear, parseEpw } from "#twins/physics/weather/epw.ts";

/** Reads a year of weather (EPW). @returns it, or what is wrong, in which file and line, and what to do */
export const readWeatherFile = (file: string): Result<EpwYear> => {
  let text: string;
  try {
    // The oldest of these files name their places in Latin-1.
    text = readFileSync(file, "latin1");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    return err({
      code: "epw",
      message: `${file} cannot be read (${why})`,
      tip: "Check the path and its permissions.",
    });
  }
  const year = parseEpw(text);
  return year.ok ? ok(year.value) : err({ ...year.error, message: `${file}, ${year.error.message}` });
};
