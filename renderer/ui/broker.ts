/** A broker's host and port: what tells brokers apart where there is little room. */
export const brokerName = (address: string): string =>
  address.replace(/^\w+:\/\//, "").replace(/\/.*$/, "") || address;
