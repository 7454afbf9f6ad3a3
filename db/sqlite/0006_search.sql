CREATE VIRTUAL TABLE `entry_words` USING fts5(words, content='', contentless_delete=1, tokenize='ascii', prefix='4');
--> statement-breakpoint
INSERT INTO `entry_words` (rowid, words) SELECT id, words FROM `entries`;
