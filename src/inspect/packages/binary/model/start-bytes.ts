/** What describes a model stands in front of its weights: with the largest vocabularies, some 10 MB. */
export const startBytes: number = 16 << 20;
