import { answers } from "./answers.mjs";

export default {
  fetch() {
    return Response.json(answers());
  },
};
