package io.sparkcluster.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody most likely meant. */
public final class Spelling {

    /** A word may differ in one letter for this many of its letters; with more slips it is another word. */
    private static final int LETTERS_PER_SLIP = 3;

    private Spelling() {}

    /** The candidate that is nearest to a word, if it is near enough to have been meant; a longer word may have more slips. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        return nearest(word, candidates, Math.max(2, word.length() / LETTERS_PER_SLIP));
    }

    /** The candidate that is nearest to a word, if at most so many letters differ. */
    public static Optional<String> nearest(String word, Collection<String> candidates, int letters) {
        return candidates.stream()
                .filter(candidate -> Math.abs(word.length() - candidate.length()) <= letters)
                .filter(candidate -> distance(word, candidate) <= letters)
                .min(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The Levenshtein distance, ignoring case. */
    public static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = row[j];
                boolean same = Character.toLowerCase(left.charAt(i - 1)) == Character.toLowerCase(right.charAt(j - 1));
                row[j] = Math.min(diagonal + (same ? 0 : 1), Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
