import { submitRequest } from "./submit-request.js";
import { transitionRequest } from "./transition-request.js";

/**
 * The life of a request as pure functions over plain JSON: `submit` begins it, `transition` takes an event. The same
 * functions as `submitRequest` and `transitionRequest`, whose descriptions say what bad input gets.
 *
 * @example
 * RequestStateMachine.transition === transitionRequest;
 * // => true
 */
export const RequestStateMachine: {
  readonly submit: typeof submitRequest;
  readonly transition: typeof transitionRequest;
} = Object.freeze({ submit: submitRequest, transition: transitionRequest });
