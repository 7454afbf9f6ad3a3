CREATE TABLE "installations" (
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C",
	"detail" text NOT NULL,
	"sealed" text COLLATE "C",
	"key_id" text COLLATE "C",
	"expires_at" bigint,
	"installed_at" bigint NOT NULL,
	"removed_at" bigint,
	"version" bigint NOT NULL,
	"lease_until" bigint,
	CONSTRAINT "installations_platform_workspace_pk" PRIMARY KEY("platform","workspace")
);
--> statement-breakpoint
CREATE TABLE "seat_changes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C",
	"until_on" text COLLATE "C",
	"stands_for" text COLLATE "C",
	"changed_by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"code_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"code_hash" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"withdrawn_at" bigint
);
--> statement-breakpoint
CREATE TABLE "joins" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"invitation_id" text COLLATE "C" NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"workspace_name" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"detail" text NOT NULL,
	"profile" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"decided_by" text COLLATE "C",
	"decided_at" bigint
);
--> statement-breakpoint
CREATE TABLE "join_attempts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "decisions_number";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "locale" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "email" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "alliance_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "committees" ADD COLUMN "parent_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "committees" ADD COLUMN "closed_at" bigint;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "from_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "until_on" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "stands_for" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "counterpart_id" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "internal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "name" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "channels" ADD COLUMN "surveyed_at" bigint;--> statement-breakpoint
ALTER TABLE "decisions" ADD COLUMN "visibility" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_code" ON "invitations" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "invitations_alliance" ON "invitations" USING btree ("alliance_id","partner_id");--> statement-breakpoint
CREATE INDEX "joins_alliance" ON "joins" USING btree ("alliance_id","state");--> statement-breakpoint
CREATE INDEX "join_attempts_at" ON "join_attempts" USING btree ("platform","workspace","at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_number" ON "decisions" USING btree ("alliance_id","visibility","number");