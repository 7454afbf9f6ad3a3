CREATE TABLE "holidays" (
	"partner_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	CONSTRAINT "holidays_partner_id_day_pk" PRIMARY KEY("partner_id","day")
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"from_on" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C" NOT NULL,
	"cover_id" text COLLATE "C",
	CONSTRAINT "absences_alliance_id_person_id_from_on_pk" PRIMARY KEY("alliance_id","person_id","from_on")
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"feature" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"visibility" text COLLATE "C" NOT NULL,
	"committee_id" text COLLATE "C",
	"label" text COLLATE "C" NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"live" boolean NOT NULL,
	"owner_id" text COLLATE "C",
	"due_on" text COLLATE "C",
	"link" text COLLATE "C",
	"link_for" text COLLATE "C",
	"at" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "entries_subject" ON "entries" USING btree ("feature","subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "entries_label" ON "entries" USING btree ("alliance_id","visibility","label");--> statement-breakpoint
CREATE INDEX "entries_at" ON "entries" USING btree ("alliance_id","at");--> statement-breakpoint
CREATE INDEX "entries_owner" ON "entries" USING btree ("owner_id","due_on");--> statement-breakpoint
CREATE INDEX "entries_link" ON "entries" USING btree ("alliance_id","link_for","link");