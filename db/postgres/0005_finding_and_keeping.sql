CREATE TABLE "log_looks" (
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "log_looks_alliance_id_person_id_pk" PRIMARY KEY("alliance_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "export_files" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"export_id" text COLLATE "C" NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"partner_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"format" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_at" bigint NOT NULL,
	"place" text COLLATE "C"
);
--> statement-breakpoint
DROP INDEX "entries_at";--> statement-breakpoint
DROP INDEX "entries_owner";--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "merged_into" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "export_files_person" ON "export_files" USING btree ("alliance_id","person_id","asked_at");--> statement-breakpoint
CREATE INDEX "history_at" ON "history" USING btree ("alliance_id","at");--> statement-breakpoint
CREATE INDEX "entries_recent" ON "entries" USING btree ("alliance_id","id");--> statement-breakpoint
CREATE INDEX "entries_committee" ON "entries" USING btree ("committee_id","id");--> statement-breakpoint
CREATE INDEX "entries_due" ON "entries" USING btree ("alliance_id","due_on") WHERE live and due_on is not null;--> statement-breakpoint
CREATE INDEX "entries_at" ON "entries" USING btree ("alliance_id","at","id");--> statement-breakpoint
CREATE INDEX "entries_owner" ON "entries" USING btree ("owner_id","id");