CREATE TABLE `mutes` (
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`until_on` text NOT NULL,
	PRIMARY KEY(`alliance_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `daily_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`day` text NOT NULL,
	`last_day` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `daily_messages_day` ON `daily_messages` (`alliance_id`,`person_id`,`day`);--> statement-breakpoint
CREATE TABLE `daily_items` (
	`message_id` text NOT NULL,
	`feature` text NOT NULL,
	`subject_id` text NOT NULL,
	PRIMARY KEY(`message_id`, `feature`, `subject_id`)
);
--> statement-breakpoint
CREATE INDEX `daily_items_subject` ON `daily_items` (`feature`,`subject_id`);--> statement-breakpoint
CREATE INDEX `absences_cover` ON `absences` (`cover_id`);