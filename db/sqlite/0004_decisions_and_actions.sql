CREATE TABLE `decision_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`person_id` text NOT NULL,
	`committee_id` text NOT NULL,
	`visibility` text NOT NULL,
	`content` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `decision_drafts_at` ON `decision_drafts` (`alliance_id`,`at`);--> statement-breakpoint
CREATE TABLE `actions` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`number` integer NOT NULL,
	`committee_id` text NOT NULL,
	`visibility` text DEFAULT '' NOT NULL,
	`text` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`owner_id` text NOT NULL,
	`owner_for` text NOT NULL,
	`given_by` text NOT NULL,
	`given_at` integer NOT NULL,
	`due_on` text NOT NULL,
	`due_was` text,
	`due_by` text,
	`recorded_by` text NOT NULL,
	`recorded_for` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`link` text,
	`said_at` integer,
	`changed_by` text,
	`changed_at` integer,
	`status_was` text,
	`reason_was` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `actions_number` ON `actions` (`alliance_id`,`visibility`,`number`);--> statement-breakpoint
CREATE INDEX `actions_committee` ON `actions` (`committee_id`,`status`);--> statement-breakpoint
CREATE INDEX `actions_owner` ON `actions` (`owner_id`,`status`);--> statement-breakpoint
CREATE INDEX `actions_overdue` ON `actions` (`owner_for`,`status`,`due_on`);--> statement-breakpoint
CREATE INDEX `actions_giver` ON `actions` (`given_by`,`status`);--> statement-breakpoint
ALTER TABLE `decisions` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `meeting` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `review_on` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `review_days` integer;--> statement-breakpoint
ALTER TABLE `decisions` ADD `revisit_by` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `revisit_on` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `disputed_by` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `disputed_for` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `disputed_at` integer;--> statement-breakpoint
ALTER TABLE `decisions` ADD `dispute_reason` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `replaces` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `replaces_how` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `superseded_by` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `superseded_from` text;--> statement-breakpoint
CREATE INDEX `decisions_replaces` ON `decisions` (`replaces`);--> statement-breakpoint
CREATE INDEX `decisions_superseded` ON `decisions` (`superseded_by`);--> statement-breakpoint
CREATE INDEX `decisions_review` ON `decisions` (`committee_id`,`review_on`);