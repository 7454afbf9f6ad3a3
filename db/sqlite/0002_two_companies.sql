CREATE TABLE `installations` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`name` text,
	`detail` text NOT NULL,
	`sealed` text,
	`key_id` text,
	`expires_at` integer,
	`installed_at` integer NOT NULL,
	`removed_at` integer,
	`version` integer NOT NULL,
	`lease_until` integer,
	PRIMARY KEY(`platform`, `workspace`)
);
--> statement-breakpoint
CREATE TABLE `seat_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`committee_id` text NOT NULL,
	`person_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`kind` text NOT NULL,
	`role` text NOT NULL,
	`from_on` text,
	`until_on` text,
	`stands_for` text,
	`changed_by` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `link_codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE INDEX `invitations_alliance` ON `invitations` (`alliance_id`,`partner_id`);--> statement-breakpoint
CREATE TABLE `joins` (
	`id` text PRIMARY KEY NOT NULL,
	`alliance_id` text NOT NULL,
	`partner_id` text NOT NULL,
	`invitation_id` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`workspace_name` text NOT NULL,
	`user_id` text NOT NULL,
	`detail` text NOT NULL,
	`profile` text NOT NULL,
	`asked_at` integer NOT NULL,
	`state` text NOT NULL,
	`person_id` text,
	`decided_by` text,
	`decided_at` integer
);
--> statement-breakpoint
CREATE INDEX `joins_alliance` ON `joins` (`alliance_id`,`state`);--> statement-breakpoint
CREATE TABLE `join_attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `join_attempts_at` ON `join_attempts` (`platform`,`workspace`,`at`);--> statement-breakpoint
DROP INDEX `decisions_number`;--> statement-breakpoint
ALTER TABLE `decisions` ADD `visibility` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `decisions_number` ON `decisions` (`alliance_id`,`visibility`,`number`);--> statement-breakpoint
ALTER TABLE `people` ADD `locale` text;--> statement-breakpoint
ALTER TABLE `people` ADD `email` text;--> statement-breakpoint
ALTER TABLE `identities` ADD `alliance_id` text;--> statement-breakpoint
ALTER TABLE `committees` ADD `parent_id` text;--> statement-breakpoint
ALTER TABLE `committees` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `seats` ADD `from_on` text;--> statement-breakpoint
ALTER TABLE `seats` ADD `until_on` text;--> statement-breakpoint
ALTER TABLE `seats` ADD `stands_for` text;--> statement-breakpoint
ALTER TABLE `seats` ADD `counterpart_id` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `internal` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `channels` ADD `name` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `surveyed_at` integer;