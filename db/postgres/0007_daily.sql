CREATE TABLE "mutes" (
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"until_on" text COLLATE "C" NOT NULL,
	CONSTRAINT "mutes_alliance_id_person_id_pk" PRIMARY KEY("alliance_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "daily_messages" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"alliance_id" text COLLATE "C" NOT NULL,
	"person_id" text COLLATE "C" NOT NULL,
	"day" text COLLATE "C" NOT NULL,
	"last_day" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "daily_items" (
	"message_id" text COLLATE "C" NOT NULL,
	"feature" text COLLATE "C" NOT NULL,
	"subject_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "daily_items_message_id_feature_subject_id_pk" PRIMARY KEY("message_id","feature","subject_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "daily_messages_day" ON "daily_messages" USING btree ("alliance_id","person_id","day");--> statement-breakpoint
CREATE INDEX "daily_items_subject" ON "daily_items" USING btree ("feature","subject_id");--> statement-breakpoint
CREATE INDEX "absences_cover" ON "absences" USING btree ("cover_id");