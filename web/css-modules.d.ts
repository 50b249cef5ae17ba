declare module '*.module.css' {
  /** The page's own names for the classes of the file. */
  const classes: Readonly<Record<string, string>>;
  // biome-ignore lint/style/noDefaultExport: the build gives a CSS module's names as its default export.
  export default classes;
}

declare module '*.css';
