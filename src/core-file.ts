/** The one file of the core that the ES modules of all entries import: the build lists here what they ask for. */
export {};
