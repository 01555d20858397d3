import { useServices } from "./services.tsx";
import { useLocal, useT } from "./text.ts";

/** The twin that the product is named after. */
const builtIn = "horinger";

/** What stands above the picture: the product's name over its own campus, another campus's own name over that. */
export const useTitle = (): string => {
  const t = useT();
  const local = useLocal();
  const { twin } = useServices();
  return twin.id === builtIn ? t("product.title") : local(twin.name);
};
