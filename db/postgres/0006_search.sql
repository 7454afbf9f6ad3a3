CREATE FUNCTION "entry_lexemes"("words" text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_to_tsvector(array_agg(DISTINCT "lexeme")), ''::tsvector)
  FROM (
    SELECT "word" AS "lexeme" FROM unnest(string_to_array("words", ' ')) AS "word"
    UNION ALL
    SELECT "word" || '_' || lead("word") OVER (ORDER BY "at")
    FROM unnest(string_to_array("words", ' ')) WITH ORDINALITY AS "following" ("word", "at")
  ) AS "lexemes"
  WHERE "lexeme" <> ''
$$;
--> statement-breakpoint
ALTER TABLE "entries" ADD COLUMN "search" tsvector GENERATED ALWAYS AS (entry_lexemes("words")) STORED;
--> statement-breakpoint
CREATE INDEX "entries_search" ON "entries" USING gin ("search") WITH (fastupdate = off);
