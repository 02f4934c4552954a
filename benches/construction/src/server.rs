//! A server on the loopback device that keeps its connections open.

use std::net::TcpListener as Socket;
use std::thread;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;

const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// Starts one on a thread of its own, and tells its address. It ends with the process.
pub(crate) fn serve() -> &'static str {
    let socket = Socket::bind("127.0.0.1:0").expect("a free port");
    let address = socket.local_addr().expect("a bound socket has an address");
    socket.set_nonblocking(true).expect("sockets can be asynchronous");
    thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(accept(socket));
    });
    format!("http://{address}/").leak()
}

async fn accept(socket: Socket) {
    let listener = TcpListener::from_std(socket).expect("the socket is asynchronous");
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream));
    }
}

async fn answer(mut stream: TcpStream) {
    let mut request = Vec::new();
    while let Ok(1..) = stream.read_buf(&mut request).await {
        if request.ends_with(b"\r\n\r\n") {
            request.clear();
            if stream.write_all(ANSWER).await.is_err() {
                return;
            }
        }
    }
}
