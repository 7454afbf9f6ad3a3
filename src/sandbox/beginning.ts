import express, { type Router } from 'express';
import { z } from 'zod';
import { loopbackOnly } from './loopback.js';
import type { Beginning } from './model.js';

const request = z.strictObject({ with: z.enum(['demo', 'empty']) });

/**
 * POST /begin {with}: everything anew. It stands beside the control interface, since it needs whoever started both Entente
 * and the sandbox. `refusal` says why it cannot be done, when it cannot.
 */
export const createBeginning = (begin: (next: Beginning) => void, refusal: string | undefined): Router => {
  const router = express.Router();
  router.post('/begin', loopbackOnly, express.json(), (req, res) => {
    const asked = request.safeParse(req.body);
    if (!asked.success) {
      res.status(400).json({ error: "Say {with: 'demo'} or {with: 'empty'}." });
    } else if (refusal !== undefined) {
      res.status(400).json({ error: refusal });
    } else {
      // Answered before anything stops: the server that answers is stopped as well.
      res.once('finish', () => begin(asked.data.with));
      res.set('connection', 'close').status(202).json({});
    }
  });
  return router;
};
