/* A configuration of its own, so that `accessflow` is the built package here, as it is for you. */
export default {};
