CREATE TABLE `skipped_wakes` (
	`feature` text NOT NULL,
	`key` text NOT NULL,
	`due_at` integer NOT NULL,
	`alliance_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`feature`, `key`, `due_at`)
);
--> statement-breakpoint
CREATE INDEX `skipped_wakes_at` ON `skipped_wakes` (`alliance_id`,`at`);--> statement-breakpoint
CREATE TABLE `origins` (
	`feature` text NOT NULL,
	`subject_id` text NOT NULL,
	`from_feature` text NOT NULL,
	`from_id` text NOT NULL,
	`label` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`feature`, `subject_id`)
);
--> statement-breakpoint
CREATE INDEX `origins_from` ON `origins` (`from_feature`,`from_id`);--> statement-breakpoint
CREATE TABLE `calendar_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `calendar_subscriptions_person` ON `calendar_subscriptions` (`person_id`,`alliance_id`);--> statement-breakpoint
CREATE TABLE `meeting_series` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`committee_id` text NOT NULL,
	`starts_at` text NOT NULL,
	`zone` text NOT NULL,
	`minutes` integer NOT NULL,
	`place` text,
	`rule` text,
	`sequence` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_for` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `meeting_series_committee` ON `meeting_series` (`committee_id`,`ended_at`);--> statement-breakpoint
CREATE TABLE `meetings` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`number` integer NOT NULL,
	`series_id` text NOT NULL,
	`committee_id` text NOT NULL,
	`original` text NOT NULL,
	`starts_at` integer NOT NULL,
	`zone` text NOT NULL,
	`minutes` integer NOT NULL,
	`place` text,
	`status` text NOT NULL,
	`reason` text,
	`sequence` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`opened_at` integer,
	`opened_by` text,
	`closed_at` integer,
	`closed_by` text,
	`item_id` text,
	`item_since` integer,
	`locked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meetings_number` ON `meetings` (`alliance_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `meetings_original` ON `meetings` (`series_id`,`original`);--> statement-breakpoint
CREATE INDEX `meetings_committee` ON `meetings` (`committee_id`,`status`,`starts_at`);--> statement-breakpoint
CREATE INDEX `meetings_starts` ON `meetings` (`alliance_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `meeting_attendance` (
	`meeting_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`answer` text,
	`answered_at` integer,
	`present` integer,
	PRIMARY KEY(`meeting_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `meeting_attendance_person` ON `meeting_attendance` (`person_id`);--> statement-breakpoint
CREATE TABLE `agenda_items` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`committee_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`position` integer NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`question` text,
	`minutes` integer NOT NULL,
	`owner_id` text NOT NULL,
	`status` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_for` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`link` text,
	`about_feature` text,
	`about_id` text,
	`carried_from` text,
	`spent_ms` integer DEFAULT 0 NOT NULL,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `agenda_items_meeting` ON `agenda_items` (`meeting_id`,`position`);--> statement-breakpoint
CREATE INDEX `agenda_items_owner` ON `agenda_items` (`owner_id`,`status`);--> statement-breakpoint
CREATE TABLE `agenda_papers` (
	`item_id` text NOT NULL,
	`version` integer NOT NULL,
	`link` text NOT NULL,
	`pages` integer,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`item_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `agenda_guests` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`person_id` text,
	`name` text,
	`invited_by` text NOT NULL,
	`invited_for` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `agenda_guests_item` ON `agenda_guests` (`item_id`);--> statement-breakpoint
CREATE INDEX `agenda_guests_person` ON `agenda_guests` (`person_id`);--> statement-breakpoint
CREATE TABLE `agenda_recusals` (
	`item_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`item_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `preparation_plans` (
	`committee_id` text PRIMARY KEY NOT NULL,
	`steps` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `agenda_positions` (
	`item_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`stance` text NOT NULL,
	`condition` text,
	`step_on` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`item_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `preparation_notes` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`person_id` text NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `preparation_notes_meeting` ON `preparation_notes` (`meeting_id`,`partner_id`,`at`);--> statement-breakpoint
CREATE TABLE `preparation_snoozes` (
	`meeting_id` text NOT NULL,
	`person_id` text NOT NULL,
	`until_on` text NOT NULL,
	PRIMARY KEY(`meeting_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `preparation_nudges` (
	`meeting_id` text NOT NULL,
	`person_id` text NOT NULL,
	`day` text NOT NULL,
	`nudged_by` text NOT NULL,
	PRIMARY KEY(`meeting_id`, `person_id`, `day`)
);
--> statement-breakpoint
CREATE TABLE `minutes` (
	`meeting_id` text PRIMARY KEY NOT NULL,
	`drafted_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`quorum` integer NOT NULL,
	`room` text NOT NULL,
	`note` text
);
--> statement-breakpoint
CREATE TABLE `minutes_readings` (
	`meeting_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `person_id`)
);
--> statement-breakpoint
CREATE TABLE `minutes_proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`item_id` text,
	`text` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`at` integer NOT NULL,
	`status` text NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `minutes_proposals_meeting` ON `minutes_proposals` (`meeting_id`,`at`);--> statement-breakpoint
CREATE TABLE `minutes_addenda` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`text` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `minutes_addenda_meeting` ON `minutes_addenda` (`meeting_id`,`at`);--> statement-breakpoint
CREATE TABLE `minutes_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`meeting_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`person_id` text NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`place` text
);
--> statement-breakpoint
CREATE INDEX `minutes_documents_person` ON `minutes_documents` (`alliance_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `calendar_files` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`series_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`place` text
);
--> statement-breakpoint
CREATE INDEX `calendar_files_series` ON `calendar_files` (`series_id`,`person_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `calendar_files_person` ON `calendar_files` (`person_id`);--> statement-breakpoint
ALTER TABLE `committees` ADD `quorum` integer;