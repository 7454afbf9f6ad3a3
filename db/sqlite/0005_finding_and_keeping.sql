CREATE TABLE `log_looks` (
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`alliance_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `export_files` (
	`id` text PRIMARY KEY NOT NULL,
	`export_id` text NOT NULL,
	`alliance_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`person_id` text NOT NULL,
	`format` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`place` text
);
--> statement-breakpoint
CREATE INDEX `export_files_person` ON `export_files` (`alliance_id`,`person_id`,`asked_at`);--> statement-breakpoint
DROP INDEX `entries_at`;--> statement-breakpoint
DROP INDEX `entries_owner`;--> statement-breakpoint
CREATE INDEX `entries_recent` ON `entries` (`alliance_id`,`id`);--> statement-breakpoint
CREATE INDEX `entries_committee` ON `entries` (`committee_id`,`id`);--> statement-breakpoint
CREATE INDEX `entries_due` ON `entries` (`alliance_id`,`due_on`) WHERE live and due_on is not null;--> statement-breakpoint
CREATE INDEX `entries_at` ON `entries` (`alliance_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `entries_owner` ON `entries` (`owner_id`,`id`);--> statement-breakpoint
ALTER TABLE `people` ADD `merged_into` text;--> statement-breakpoint
CREATE INDEX `history_at` ON `history` (`alliance_id`,`at`);