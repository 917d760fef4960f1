try{var s=localStorage.getItem("kbgen.scheme");if(s)document.documentElement.dataset.scheme=s}catch(e){}
