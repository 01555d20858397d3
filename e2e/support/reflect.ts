/**
 * What `tsyringe`, below `@peculiar/x509`, asks of `reflect-metadata`: metadata of classes by a key, inherited along
 * their prototypes. Imported before the certificates of the TLS tests are made.
 */
type Store = Map<unknown, unknown>;

const stores = new WeakMap<object, Store>();

const own = (key: unknown, target: object): unknown => stores.get(target)?.get(key);

const inherited = (key: unknown, target: object | null): unknown =>
  target === null
    ? undefined
    : (own(key, target) ?? inherited(key, Object.getPrototypeOf(target) as object | null));

const define = (key: unknown, value: unknown, target: object): void => {
  const store: Store = stores.get(target) ?? new Map();
  stores.set(target, store.set(key, value));
};

Object.assign(Reflect, { getOwnMetadata: own, getMetadata: inherited, defineMetadata: define });
