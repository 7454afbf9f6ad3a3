CREATE TABLE "decision_drafts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"visibility" text COLLATE "C" NOT NULL,
	"content" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "actions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"visibility" text COLLATE "C" DEFAULT '' NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"owner_id" text COLLATE "C" NOT NULL,
	"owner_for" text COLLATE "C" NOT NULL,
	"given_by" text COLLATE "C" NOT NULL,
	"given_at" bigint NOT NULL,
	"due_on" text COLLATE "C" NOT NULL,
	"due_was" text COLLATE "C",
	"due_by" text COLLATE "C",
	"recorded_by" text COLLATE "C" NOT NULL,
	"recorded_for" text COLLATE "C" NOT NULL,
	"recorded_at" bigint NOT NULL,
	"link" text COLLATE "C",
	"said_at" bigint,
	"changed_by" text COLLATE "C",
	"changed_at" bigint,
	"status_was" text COLLATE "C",
	"reason_was" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "kind" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "meeting" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "review_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "review_days" bigint;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "revisit_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "revisit_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "disputed_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "disputed_for" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "disputed_at" bigint;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "dispute_reason" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "replaces" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "replaces_how" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "superseded_by" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "superseded_from" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "decision_drafts_at" ON "decision_drafts" USING btree ("alliance_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "actions_number" ON "actions" USING btree ("alliance_id","visibility","number");--> statement-breakpoint
CREATE INDEX "actions_committee" ON "actions" USING btree ("committee_id","status");--> statement-breakpoint
CREATE INDEX "actions_owner" ON "actions" USING btree ("owner_id","status");--> statement-breakpoint
CREATE INDEX "actions_overdue" ON "actions" USING btree ("owner_for","status","due_on");--> statement-breakpoint
CREATE INDEX "actions_giver" ON "actions" USING btree ("given_by","status");--> statement-breakpoint
CREATE INDEX "decisions_replaces" ON "decisions" USING btree ("replaces");--> statement-breakpoint
CREATE INDEX "decisions_superseded" ON "decisions" USING btree ("superseded_by");--> statement-breakpoint
CREATE INDEX "decisions_review" ON "decisions" USING btree ("committee_id","review_on");