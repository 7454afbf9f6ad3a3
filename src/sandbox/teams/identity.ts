import { randomUUID } from 'node:crypto';
import express, { type Router } from 'express';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export type SignatureKind = 'good' | 'forged' | 'old' | 'none';

/** Who signs what Teams sends, and who publishes the keys to check it with. */
export interface Identity {
  readonly issuer: string;
  readonly openIdMetadataUrl: string;
  readonly router: Router;
  /** The Authorization header of an outgoing activity; none for 'none'. */
  authorization(serviceUrl: string, kind?: SignatureKind): Promise<Record<string, string>>;
}

export interface IdentityOptions {
  readonly appId: string;
  /** Ends with a slash. */
  readonly baseUrl: string;
}

const VALID_S = 3600;
/** Microsoft reuses its tokens too; signing afresh for each activity would measure RSA, not the bot. */
const REUSED_MS = 300_000;

interface Signer {
  readonly kid: string;
  readonly jwk: JWK;
  sign(claims: Record<string, unknown>, at: number): Promise<string>;
}

const createSigner = async (kid: string): Promise<Signer> => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return {
    kid,
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' },
    sign: (claims, at) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
        .setNotBefore(at)
        .setExpirationTime(at + VALID_S)
        .sign(privateKey),
  };
};

/** RSA keys cost a tenth of a second to make, so one process makes them once. The kid differs between processes. */
const shared = new Map<string, Promise<Signer>>();
const signerOf = (name: 'good' | 'forged', kid: string): Promise<Signer> => {
  const known = shared.get(name) ?? createSigner(kid);
  shared.set(name, known);
  return known;
};

const noHeader: Record<string, string> = {};

const KID = `sandbox-${randomUUID()}`;

export const createIdentity = async ({ appId, baseUrl }: IdentityOptions): Promise<Identity> => {
  const good = await signerOf('good', KID);
  const issuer = `${baseUrl}identity`;
  const router = express.Router();
  router.get('/identity/openid', (_req, res) => {
    res.json({
      issuer,
      jwks_uri: `${baseUrl}identity/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    });
  });
  router.get('/identity/keys', (_req, res) => {
    res.json({ keys: [{ ...good.jwk, endorsements: ['msteams'] }] });
  });

  const cached = new Map<string, { readonly token: Promise<string>; readonly until: number }>();
  const fresh = async (serviceUrl: string, kind: SignatureKind): Promise<string> => {
    const signer = kind === 'forged' ? await signerOf('forged', good.kid) : good;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: appId, serviceurl: serviceUrl };
    return signer.sign(claims, kind === 'old' ? now - 2 * VALID_S : now);
  };
  return {
    issuer,
    openIdMetadataUrl: `${baseUrl}identity/openid`,
    router,
    authorization: async (serviceUrl, kind = 'good') => {
      if (kind === 'none') return noHeader;
      const key = `${kind} ${serviceUrl}`;
      const known = cached.get(key);
      const token = known && known.until > Date.now() ? known.token : fresh(serviceUrl, kind);
      if (token !== known?.token) cached.set(key, { token, until: Date.now() + REUSED_MS });
      return { authorization: `Bearer ${await token}` };
    },
  };
};
