ALTER TABLE "assets" DROP CONSTRAINT "assets_size_check";--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_size_check" CHECK (("assets"."size_bytes" > 0 or ("assets"."size_bytes" = 0 and "assets"."purged_at" is not null))
        and "assets"."width_pixels" > 0 and "assets"."height_pixels" > 0);