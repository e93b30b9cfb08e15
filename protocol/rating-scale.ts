/** What a rating says, without the schemas that parse it: the screens need no more. */

/** What may have been wrong, to choose from: free text would bring names into the records. */
export const RATING_REASONS = ['long-wait', 'slow', 'unclear', 'unfriendly'] as const;
export type RatingReason = (typeof RATING_REASONS)[number];

/** The sides of a service: what there is of it, how fast, how good, where, and by whom. */
export const RATING_DIMENSIONS = ['range', 'efficiency', 'quality', 'environment', 'attitude'] as const;
export type RatingDimension = (typeof RATING_DIMENSIONS)[number];

/** Of 1 to 5: at or below this a reason is asked for. */
export const DISSATISFIED = 2;

export type RatingRefusal = 'rated-already' | 'too-late' | 'not-served';
