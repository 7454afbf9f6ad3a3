CREATE TABLE `alliances` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `partners` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `partners_alliance` ON `partners` (`alliance_id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`partner_id` text NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `partner_id`)
);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`user_id` text NOT NULL,
	`person_id` text NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `user_id`)
);
--> statement-breakpoint
CREATE INDEX `identities_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE TABLE `members` (
	`partner_id` text NOT NULL,
	`person_id` text NOT NULL,
	`professional` integer NOT NULL,
	PRIMARY KEY(`partner_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `members_person` ON `members` (`person_id`);--> statement-breakpoint
CREATE TABLE `committees` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `committees_key` ON `committees` (`alliance_id`,`key`);--> statement-breakpoint
CREATE TABLE `seats` (
	`committee_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`committee_id`, `person_id`)
);
--> statement-breakpoint
CREATE INDEX `seats_person` ON `seats` (`person_id`);--> statement-breakpoint
CREATE TABLE `channels` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`conversation` text NOT NULL,
	`detail` text NOT NULL,
	`committee_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`shared` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_place` ON `channels` (`platform`,`workspace`,`conversation`);--> statement-breakpoint
CREATE INDEX `channels_committee` ON `channels` (`committee_id`);--> statement-breakpoint
CREATE TABLE `counters` (
	`alliance_id` text NOT NULL,
	`series` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`alliance_id`, `series`)
);
--> statement-breakpoint
CREATE TABLE `history` (
	`alliance_id` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`person_id` text,
	`feature` text NOT NULL,
	`subject_id` text NOT NULL,
	`verb` text NOT NULL,
	`detail` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`alliance_id`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `history_subject` ON `history` (`feature`,`subject_id`,`seq`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `receipts_at` ON `receipts` (`at`);--> statement-breakpoint
CREATE TABLE `lanes` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`kind` text NOT NULL,
	`conversation` text NOT NULL,
	`version` integer NOT NULL,
	`due_at` integer,
	`lease_until` integer,
	`lease_token` text,
	`attempts` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lanes_due` ON `lanes` (`due_at`);--> statement-breakpoint
CREATE TABLE `cards` (
	`id` text PRIMARY KEY NOT NULL,
	`lane_id` text NOT NULL,
	`seq` integer NOT NULL,
	`alliance_id` text NOT NULL,
	`partner_id` text,
	`feature` text NOT NULL,
	`subject_id` text NOT NULL,
	`channel_id` text,
	`person_id` text,
	`wanted` integer NOT NULL,
	`shown` integer NOT NULL,
	`wanted_at` integer NOT NULL,
	`ref` text,
	`failing_since` integer,
	`parked_reason` text,
	`parked_advice` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cards_once` ON `cards` (`feature`,`subject_id`,`lane_id`);--> statement-breakpoint
CREATE INDEX `cards_lane` ON `cards` (`lane_id`,`seq`);--> statement-breakpoint
CREATE INDEX `cards_behind` ON `cards` (`lane_id`,`wanted_at`) WHERE wanted > shown;--> statement-breakpoint
CREATE TABLE `wakes` (
	`feature` text NOT NULL,
	`key` text NOT NULL,
	`alliance_id` text NOT NULL,
	`due_at` integer NOT NULL,
	`until_at` integer,
	`lease_until` integer,
	PRIMARY KEY(`feature`, `key`)
);
--> statement-breakpoint
CREATE INDEX `wakes_due` ON `wakes` (`due_at`);--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`number` integer NOT NULL,
	`committee_id` text NOT NULL,
	`status` text NOT NULL,
	`revision` integer NOT NULL,
	`recorded_by` text NOT NULL,
	`recorded_for` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`link` text,
	`said_at` integer,
	`withdrawn_by` text,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_number` ON `decisions` (`alliance_id`,`number`);--> statement-breakpoint
CREATE INDEX `decisions_committee` ON `decisions` (`committee_id`,`status`);--> statement-breakpoint
CREATE TABLE `decision_wordings` (
	`decision_id` text NOT NULL,
	`revision` integer NOT NULL,
	`text` text NOT NULL,
	`because` text,
	`instead_of` text,
	`reason` text,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`decision_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `decision_confirmations` (
	`decision_id` text NOT NULL,
	`revision` integer NOT NULL,
	`partner_id` text NOT NULL,
	`person_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`decision_id`, `revision`, `partner_id`)
);
