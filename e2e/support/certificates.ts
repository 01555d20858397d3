import "./reflect.ts";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  BasicConstraintsExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

/** A certificate and its key, as objects and as PEM files. */
export interface Issued {
  readonly certificate: X509Certificate;
  readonly keys: CryptoKeyPair;
  readonly certFile: string;
  readonly keyFile: string;
}

interface Wishes {
  readonly name: string;
  /** Itself when null. */
  readonly issuer: Issued | null;
  /** DNS names; `127.0.0.1` is an address. */
  readonly hosts?: readonly string[];
  /** Days from now; yesterday to next year by default. */
  readonly fromDays?: number;
  readonly toDays?: number;
}

/** Makes a certificate and writes it and its key into a folder, as `{name}.pem` and `{name}.key`. */
export const issue = async (
  folder: string,
  { name, issuer, hosts = [], fromDays = -1, toDays = 365 }: Wishes,
): Promise<Issued> => {
  const keys = await newKeys();
  const names = hosts.map((value) => ({
    type: /^[\d.]+$/.test(value) ? ("ip" as const) : ("dns" as const),
    value,
  }));
  const extensions: Extension[] = [
    new BasicConstraintsExtension(issuer === null, undefined, true),
    ...(names.length > 0 ? [new SubjectAlternativeNameExtension(names)] : []),
  ];
  const certificate = await X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: issuer?.certificate.subject ?? `CN=${name}`,
      notBefore: new Date(Date.now() + fromDays * dayMs),
      notAfter: new Date(Date.now() + toDays * dayMs),
      signingAlgorithm: algorithm,
      publicKey: keys.publicKey,
      signingKey: (issuer?.keys ?? keys).privateKey,
      extensions,
    },
    crypto,
  );
  const files = { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
  const key = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  await writeFile(files.certFile, `${certificate.toString("pem")}\n`);
  await writeFile(
    files.keyFile,
    `-----BEGIN PRIVATE KEY-----\n${key.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`,
  );
  return { certificate, keys, ...files };
};
