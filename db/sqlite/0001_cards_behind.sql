DROP INDEX `cards_lane`;--> statement-breakpoint
DROP INDEX `cards_behind`;--> statement-breakpoint
CREATE INDEX `cards_behind` ON `cards` (`lane_id`,`seq`) WHERE wanted > shown;