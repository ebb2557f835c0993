package io.sparkcluster.wronghouse.model;

/** Could not get another value without breaking programs. */
public final class Size {

    private final int width;
    private final int height;

    public Size(int width, int height) {
        this.width = width;
        this.height = height;
    }

    int area() {
        return width * height;
    }
}
