CREATE TABLE "skipped_wakes" (
	"feature" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"due_at" bigint NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "skipped_wakes_feature_key_due_at_pk" PRIMARY KEY("feature","key","due_at")
);
--> statement-breakpoint
CREATE TABLE "origins" (
	"feature" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"from_feature" text COLLATE "C" NOT NULL,
	"from_id" text COLLATE "C" NOT NULL,
	"label" text COLLATE "C",
	"at" bigint NOT NULL,
	CONSTRAINT "origins_feature_subject_id_pk" PRIMARY KEY("feature","subject_id")
);
--> statement-breakpoint
CREATE TABLE "calendar_subscriptions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "meeting_series" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"starts_at" text COLLATE "C" NOT NULL,
	"zone" text COLLATE "C" NOT NULL,
	"minutes" bigint NOT NULL,
	"place" text COLLATE "C",
	"rule" text COLLATE "C",
	"sequence" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_for" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"series_id" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"original" text COLLATE "C" NOT NULL,
	"starts_at" bigint NOT NULL,
	"zone" text COLLATE "C" NOT NULL,
	"minutes" bigint NOT NULL,
	"place" text COLLATE "C",
	"status" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"sequence" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"opened_at" bigint,
	"opened_by" text COLLATE "C",
	"closed_at" bigint,
	"closed_by" text COLLATE "C",
	"item_id" text COLLATE "C",
	"item_since" bigint,
	"locked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "meeting_attendance" (
	"meeting_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C",
	"answered_at" bigint,
	"present" boolean,
	CONSTRAINT "meeting_attendance_meeting_id_person_id_pk" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "agenda_items" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C" NOT NULL,
	"meeting_id" text COLLATE "C" NOT NULL,
	"position" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"question" text COLLATE "C",
	"minutes" bigint NOT NULL,
	"owner_id" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"proposed_by" text COLLATE "C" NOT NULL,
	"proposed_for" text COLLATE "C" NOT NULL,
	"proposed_at" bigint NOT NULL,
	"link" text COLLATE "C",
	"about_feature" text COLLATE "C",
	"about_id" text COLLATE "C",
	"carried_from" text COLLATE "C",
	"spent_ms" bigint DEFAULT 0 NOT NULL,
	"note" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "agenda_papers" (
	"item_id" text COLLATE "C" NOT NULL,
	"version" bigint NOT NULL,
	"link" text COLLATE "C" NOT NULL,
	"pages" bigint,
	"person_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "agenda_papers_item_id_version_pk" PRIMARY KEY("item_id","version")
);
--> statement-breakpoint
CREATE TABLE "agenda_guests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"item_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C",
	"name" text COLLATE "C",
	"invited_by" text COLLATE "C" NOT NULL,
	"invited_for" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agenda_recusals" (
	"item_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"at" bigint NOT NULL,
	CONSTRAINT "agenda_recusals_item_id_person_id_pk" PRIMARY KEY("item_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "preparation_plans" (
	"committee_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"steps" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agenda_positions" (
	"item_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"stance" text COLLATE "C" NOT NULL,
	"condition" text COLLATE "C",
	"step_on" text COLLATE "C",
	"at" bigint NOT NULL,
	CONSTRAINT "agenda_positions_item_id_person_id_pk" PRIMARY KEY("item_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "preparation_notes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"meeting_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "preparation_snoozes" (
	"meeting_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "preparation_snoozes_meeting_id_person_id_pk" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "preparation_nudges" (
	"meeting_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"nudged_by" text COLLATE "C" NOT NULL,
	CONSTRAINT "preparation_nudges_meeting_id_person_id_day_pk" PRIMARY KEY("meeting_id","person_id","day")
);
--> statement-breakpoint
CREATE TABLE "minutes" (
	"meeting_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"drafted_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL,
	"quorum" bigint NOT NULL,
	"room" text NOT NULL,
	"note" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "minutes_readings" (
	"meeting_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "minutes_readings_meeting_id_person_id_pk" PRIMARY KEY("meeting_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "minutes_proposals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"meeting_id" text COLLATE "C" NOT NULL,
	"item_id" text COLLATE "C",
	"text" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"settled_by" text COLLATE "C",
	"settled_at" bigint,
	"reason" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "minutes_addenda" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"meeting_id" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "minutes_documents" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"meeting_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_at" bigint NOT NULL,
	"place" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "calendar_files" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"series_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"sequence" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_at" bigint NOT NULL,
	"place" text COLLATE "C"
);
--> statement-breakpoint
ALTER TABLE "committees" ADD COLUMN "quorum" bigint;--> statement-breakpoint
CREATE INDEX "skipped_wakes_at" ON "skipped_wakes" USING btree ("alliance_id","at");--> statement-breakpoint
CREATE INDEX "origins_from" ON "origins" USING btree ("from_feature","from_id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_subscriptions_person" ON "calendar_subscriptions" USING btree ("person_id","alliance_id");--> statement-breakpoint
CREATE INDEX "meeting_series_committee" ON "meeting_series" USING btree ("committee_id","ended_at");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_number" ON "meetings" USING btree ("alliance_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_original" ON "meetings" USING btree ("series_id","original");--> statement-breakpoint
CREATE INDEX "meetings_committee" ON "meetings" USING btree ("committee_id","status","starts_at");--> statement-breakpoint
CREATE INDEX "meetings_starts" ON "meetings" USING btree ("alliance_id","starts_at");--> statement-breakpoint
CREATE INDEX "meeting_attendance_person" ON "meeting_attendance" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "agenda_items_meeting" ON "agenda_items" USING btree ("meeting_id","position");--> statement-breakpoint
CREATE INDEX "agenda_items_owner" ON "agenda_items" USING btree ("owner_id","status");--> statement-breakpoint
CREATE INDEX "agenda_guests_item" ON "agenda_guests" USING btree ("item_id");--> statement-breakpoint
CREATE INDEX "agenda_guests_person" ON "agenda_guests" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "preparation_notes_meeting" ON "preparation_notes" USING btree ("meeting_id","partner_id","at");--> statement-breakpoint
CREATE INDEX "minutes_proposals_meeting" ON "minutes_proposals" USING btree ("meeting_id","at");--> statement-breakpoint
CREATE INDEX "minutes_addenda_meeting" ON "minutes_addenda" USING btree ("meeting_id","at");--> statement-breakpoint
CREATE INDEX "minutes_documents_person" ON "minutes_documents" USING btree ("alliance_id","person_id");--> statement-breakpoint
CREATE INDEX "calendar_files_series" ON "calendar_files" USING btree ("series_id","person_id","asked_at");--> statement-breakpoint
CREATE INDEX "calendar_files_person" ON "calendar_files" USING btree ("person_id");