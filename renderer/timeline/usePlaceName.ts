import { useCallback } from "react";
import { nameOf } from "#renderer/ui/assets.ts";
import { useServices } from "#renderer/ui/services.tsx";
import { useLanguage } from "#renderer/ui/text.ts";

/** Name of an asset by its id in the language shown; the id itself where the twin has no such asset. */
export const usePlaceName = (): ((id: string) => string) => {
  const { twin } = useServices();
  const language = useLanguage();
  return useCallback(
    (id) => {
      const found = id === "" ? undefined : twin.find(id);
      return found ? nameOf(twin, found)[language] : id;
    },
    [twin, language],
  );
};
