//! Clients for HTTP. The server is in this process: its work is part of both ways.

use reqwest::blocking;

use super::runtimes::small_runtime;
use crate::measure::Case;
use crate::server::serve;

const RULE: &str = "http-client-per-call";

pub(super) fn client() -> Case {
    let client = reqwest::Client::new();
    Case::new(RULE, "`reqwest::Client::new`, to `clone`", reqwest::Client::new, move || {
        client.clone()
    })
}

pub(super) fn client_and_get() -> Case {
    let url = serve();
    let (runtime, runtime_of_one) = (small_runtime(), small_runtime());
    let client = reqwest::Client::new();
    Case::new(
        RULE,
        "`reqwest::Client::new` + GET",
        move || runtime.block_on(get(&reqwest::Client::new(), url)),
        move || runtime_of_one.block_on(get(&client, url)),
    )
}

pub(super) fn free_get() -> Case {
    let url = serve();
    let (runtime, runtime_of_one) = (small_runtime(), small_runtime());
    let client = reqwest::Client::new();
    let free = async move || {
        let response = reqwest::get(url).await.expect("the server answers");
        response.text().await.expect("the answer is text")
    };
    Case::new(
        RULE,
        "`reqwest::get`",
        move || runtime.block_on(free()),
        move || runtime_of_one.block_on(get(&client, url)),
    )
}

async fn get(client: &reqwest::Client, url: &str) -> String {
    let response = client.get(url).send().await.expect("the server answers");
    response.text().await.expect("the answer is text")
}

pub(super) fn blocking_client_and_get() -> Case {
    let url = serve();
    let client = blocking::Client::new();
    let get = move |client: &blocking::Client| {
        let response = client.get(url).send().expect("the server answers");
        response.text().expect("the answer is text")
    };
    Case::new(
        RULE,
        "`reqwest::blocking::Client::new` + GET",
        move || get(&blocking::Client::new()),
        move || get(&client),
    )
}

pub(super) fn ureq_get() -> Case {
    let url = serve();
    let agent = ureq::Agent::new_with_defaults();
    Case::new(
        RULE,
        "`ureq::get`",
        move || text(ureq::get(url).call()),
        move || text(agent.get(url).call()),
    )
}

fn text(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> String {
    let mut response = response.expect("the server answers");
    response.body_mut().read_to_string().expect("the answer is text")
}
