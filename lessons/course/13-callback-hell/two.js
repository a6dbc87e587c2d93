// Two customers, in callbacks
function ask(callback) {
  setTimeout(callback, 10);
}

function serve(customer) {
  ask(function gotPrice() {
    console.log(`${customer}: price is known`);
    ask(function gotParcel() {
      console.log(`${customer}: parcel is packed`);
    });
    console.log(`${customer}: parcel asked for`);
  });
  console.log(`${customer}: price asked for`);
}

serve('Ada');
serve('Grace');
