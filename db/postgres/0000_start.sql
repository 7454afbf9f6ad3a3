CREATE TABLE "alliances" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"time_zone" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "partners" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "workspaces_platform_workspace_partner_id_pk" PRIMARY KEY("platform","workspace","partner_id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"time_zone" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"detail" text NOT NULL,
	CONSTRAINT "identities_platform_workspace_user_id_pk" PRIMARY KEY("platform","workspace","user_id")
);
--> statement-breakpoint
CREATE TABLE "members" (
	"partner_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"professional" boolean NOT NULL,
	CONSTRAINT "members_partner_id_person_id_pk" PRIMARY KEY("partner_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "committees" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"committee_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	CONSTRAINT "seats_committee_id_person_id_pk" PRIMARY KEY("committee_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"conversation" text COLLATE "C" NOT NULL,
	"detail" text NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"shared" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"alliance_id" text COLLATE "C" NOT NULL,
	"series" text COLLATE "C" NOT NULL,
	"value" bigint NOT NULL,
	CONSTRAINT "counters_alliance_id_series_pk" PRIMARY KEY("alliance_id","series")
);
--> statement-breakpoint
CREATE TABLE "history" (
	"alliance_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"at" bigint NOT NULL,
	"person_id" text COLLATE "C",
	"feature" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"verb" text COLLATE "C" NOT NULL,
	"detail" text NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "history_alliance_id_seq_pk" PRIMARY KEY("alliance_id","seq")
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"answer" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lanes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"conversation" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"due_at" bigint,
	"lease_until" bigint,
	"lease_token" text COLLATE "C",
	"attempts" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"lane_id" text COLLATE "C" NOT NULL,
	"seq" bigint NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C",
	"feature" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"channel_id" text COLLATE "C",
	"person_id" text COLLATE "C",
	"wanted" bigint NOT NULL,
	"shown" bigint NOT NULL,
	"wanted_at" bigint NOT NULL,
	"ref" text,
	"failing_since" bigint,
	"parked_reason" text COLLATE "C",
	"parked_advice" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "wakes" (
	"feature" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"due_at" bigint NOT NULL,
	"until_at" bigint,
	"lease_until" bigint,
	CONSTRAINT "wakes_feature_key_pk" PRIMARY KEY("feature","key")
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"recorded_by" text COLLATE "C" NOT NULL,
	"recorded_for" text COLLATE "C" NOT NULL,
	"recorded_at" bigint NOT NULL,
	"link" text COLLATE "C",
	"said_at" bigint,
	"withdrawn_by" text COLLATE "C",
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "decision_wordings" (
	"decision_id" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"because" text COLLATE "C",
	"instead_of" text COLLATE "C",
	"reason" text COLLATE "C",
	"person_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "decision_wordings_decision_id_revision_pk" PRIMARY KEY("decision_id","revision")
);
--> statement-breakpoint
CREATE TABLE "decision_confirmations" (
	"decision_id" text COLLATE "C" NOT NULL,
	"revision" bigint NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "decision_confirmations_decision_id_revision_partner_id_pk" PRIMARY KEY("decision_id","revision","partner_id")
);
--> statement-breakpoint
CREATE INDEX "partners_alliance" ON "partners" USING btree ("alliance_id");--> statement-breakpoint
CREATE INDEX "identities_person" ON "identities" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "members_person" ON "members" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "committees_key" ON "committees" USING btree ("alliance_id","key");--> statement-breakpoint
CREATE INDEX "seats_person" ON "seats" USING btree ("person_id");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_place" ON "channels" USING btree ("platform","workspace","conversation");--> statement-breakpoint
CREATE INDEX "channels_committee" ON "channels" USING btree ("committee_id");--> statement-breakpoint
CREATE INDEX "history_subject" ON "history" USING btree ("feature","subject_id","seq");--> statement-breakpoint
CREATE INDEX "receipts_at" ON "receipts" USING btree ("at");--> statement-breakpoint
CREATE INDEX "lanes_due" ON "lanes" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "cards_once" ON "cards" USING btree ("feature","subject_id","lane_id");--> statement-breakpoint
CREATE INDEX "cards_lane" ON "cards" USING btree ("lane_id","seq");--> statement-breakpoint
CREATE INDEX "cards_behind" ON "cards" USING btree ("lane_id","wanted_at") WHERE wanted > shown;--> statement-breakpoint
CREATE INDEX "wakes_due" ON "wakes" USING btree ("due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_number" ON "decisions" USING btree ("alliance_id","number");--> statement-breakpoint
CREATE INDEX "decisions_committee" ON "decisions" USING btree ("committee_id","status");