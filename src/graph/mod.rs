//! Resolution → [`Graph`]: who names whom, ready for questions.
