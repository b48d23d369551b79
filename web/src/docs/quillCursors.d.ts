/** A style sheet; the package does not say so. */
declare module 'quill-cursors/css';
