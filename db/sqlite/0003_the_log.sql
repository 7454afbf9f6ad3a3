CREATE TABLE `holidays` (
	`partner_id` text NOT NULL,
	`day` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`partner_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `absences` (
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`cover_id` text,
	PRIMARY KEY(`alliance_id`, `person_id`, `from_on`)
);
--> statement-breakpoint
CREATE TABLE `entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`feature` text NOT NULL,
	`subject_id` text NOT NULL,
	`alliance_id` text NOT NULL,
	`visibility` text NOT NULL,
	`committee_id` text,
	`label` text NOT NULL,
	`title` text NOT NULL,
	`words` text NOT NULL,
	`status` text NOT NULL,
	`live` integer NOT NULL,
	`owner_id` text,
	`due_on` text,
	`link` text,
	`link_for` text,
	`at` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entries_subject` ON `entries` (`feature`,`subject_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `entries_label` ON `entries` (`alliance_id`,`visibility`,`label`);--> statement-breakpoint
CREATE INDEX `entries_at` ON `entries` (`alliance_id`,`at`);--> statement-breakpoint
CREATE INDEX `entries_owner` ON `entries` (`owner_id`,`due_on`);--> statement-breakpoint
CREATE INDEX `entries_link` ON `entries` (`alliance_id`,`link_for`,`link`);